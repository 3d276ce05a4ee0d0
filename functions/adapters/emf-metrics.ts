import { Metrics } from '@aws-lambda-powertools/metrics';
import type { MetricsPort } from '../ports.ts';

/** Metrics as CloudWatch embedded metric format on standard output. */
export const emfMetrics = (): MetricsPort => {
  const metrics = new Metrics({ namespace: 'Sundown', serviceName: 'sundown' });
  return {
    put: (name, unit, value) => {
      metrics.addMetric(name, unit, value);
      metrics.publishStoredMetrics();
    },
  };
};
