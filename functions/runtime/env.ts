/**
 * The function's environment; each step names its variables in its `Env` type,
 * which the CDK side must satisfy to compile.
 * @throws Error on reading a variable that is not set, with its name
 */
export const env = <Env extends Record<string, string>>(): Env =>
  new Proxy({} as Env, {
    get: (_target, name) => {
      const value = process.env[String(name)];
      if (value === undefined) {
        throw new Error(
          `The environment variable ${String(name)} is not set; deploy the stack again.`,
        );
      }
      return value;
    },
  });
