import { afterEach, expect, it, vi } from 'vitest';
import { emfMetrics } from '../../functions/adapters/emf-metrics.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it('counts under the name of the deployment, where its alarms look', () => {
  // then Powertools writes through the console that can be listened to
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'evening');
  const log = vi.spyOn(console, 'log').mockReturnValue();

  emfMetrics().put('Checkpoints', 'Count', 1);

  expect(JSON.parse(String(log.mock.calls[0]?.[0]))).toMatchObject({
    service: 'evening',
    Checkpoints: 1,
    _aws: {
      CloudWatchMetrics: [
        {
          Namespace: 'Sundown',
          Dimensions: [['service']],
          Metrics: [{ Name: 'Checkpoints', Unit: 'Count' }],
        },
      ],
    },
  });
});
