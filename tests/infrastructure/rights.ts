import {
  everywhere,
  type Resource,
  type Statement,
  type Synth,
  statementsOf,
} from './synthesize.ts';

export const variablesOf = ({ Properties }: Resource): string[] =>
  Object.keys((Properties['Environment'] as { Variables: object }).Variables).sort();

/** All that the role of a function allows it. */
export const mayOf = (synth: Synth, { Properties }: Resource): Statement[] => {
  const role = (Properties['Role'] as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][0];
  return everywhere(synth, 'AWS::IAM::Policy')
    .filter(([, policy]) =>
      (policy.Properties['Roles'] as { Ref: string }[]).some(({ Ref }) => Ref === role),
    )
    .flatMap(([, policy]) => statementsOf(policy.Properties['PolicyDocument']));
};
