import { Metrics } from '@aws-lambda-powertools/metrics';
import type { MetricsPort } from '../ports.ts';

/**
 * Metrics as CloudWatch embedded metric format on standard output. Their dimension
 * `service` is POWERTOOLS_SERVICE_NAME: the name of the deployment, as the alarms look for it.
 */
export const emfMetrics = (): MetricsPort => {
  const metrics = new Metrics({ namespace: 'Sundown' });
  return {
    put: (name, unit, value) => {
      metrics.addMetric(name, unit, value);
      metrics.publishStoredMetrics();
    },
  };
};
