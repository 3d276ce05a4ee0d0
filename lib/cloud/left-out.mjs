/** Stands in a bundle for what no step reaches; `bundle.ts` says for what, and why. */
const leftOut = () => {
  throw new Error('this is left out of the bundle: see lib/cloud/bundle.ts');
};

export { leftOut as default, leftOut as eventStreamSerdeProvider, leftOut as parse };

/** The S3 client passes its configuration through here when it is made. */
export const resolveEventStreamSerdeConfig = (config) => config;
