import type { FunctionSpec } from './functions/types.ts';

export type Surroundings = {
  awsOrigin: string;
  siteHost: string;
  sourcesFile: string;
  pinnedHosts: string;
};

/** Variables whose value a template cannot know, where a function has them. */
const replaced = ({
  sourcesFile,
  pinnedHosts,
  siteHost,
}: Surroundings): Record<string, string> => ({
  SOURCES_FILE: sourcesFile,
  PINNED_HOSTS: pinnedHosts,
  // also where the settings name a domain
  SITE_ORIGIN: `http://${siteHost}`,
});

/** A function's own environment, with what Lambda adds, on this machine. */
export const localEnvironment = (
  { name, codeDir, handler, memoryMiB, environment }: FunctionSpec,
  surroundings: Surroundings,
): Record<string, string> => {
  const { awsOrigin, siteHost } = surroundings;
  const own = Object.entries(environment).map(([key, value]) => [
    key,
    replaced(surroundings)[key] ?? value.replaceAll(`https://${siteHost}`, `http://${siteHost}`),
  ]);
  return {
    ...(Object.fromEntries(own) as Record<string, string>),
    AWS_ENDPOINT_URL: awsOrigin,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMiB),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: codeDir,
    _HANDLER: handler,
    TZ: 'UTC',
  };
};
