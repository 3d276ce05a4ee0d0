import { describe, expect, it } from 'vitest';
import {
  exampleSettings,
  plain,
  propertiesOf,
  resourcesOf,
  statementsOf,
  synthesize,
} from './synthesize.ts';

const { Mail: mail } = synthesize().templates;
const { Mail: attached } = synthesize({
  ...exampleSettings,
  mail: { domain: 'news.example', admin: 'legal', attachToRuleSet: 'theirs' },
}).templates;

type Rule = {
  Recipients: string[];
  Enabled: boolean;
  ScanEnabled: boolean;
  Actions: { S3Action: Record<string, unknown> }[];
};

const ruleOf = (template: typeof mail): Rule =>
  propertiesOf(template, 'AWS::SES::ReceiptRule')[0]?.['Rule'] as Rule;

describe('mail in', () => {
  it('is scanned, never dropped, and stored for the address of the administrator', () => {
    expect(ruleOf(mail)).toMatchObject({
      Enabled: true,
      Recipients: ['admin@sundown.example'],
      ScanEnabled: true,
    });
    expect(resourcesOf(mail, 'AWS::SES::ReceiptRule')).toHaveLength(1);
  });

  it('is stored under mail/ without a key of SES, and told to our topic', () => {
    const [action, ...more] = ruleOf(mail).Actions;

    expect(more).toEqual([]);
    expect(Object.keys(action?.S3Action ?? {}).sort()).toEqual([
      'BucketName',
      'ObjectKeyPrefix',
      'TopicArn',
    ]);
    expect(action?.S3Action['ObjectKeyPrefix']).toBe('mail/');
    expect(JSON.stringify(mail)).not.toContain('KmsKeyArn');
  });

  it('goes on to the inbox queue as SES said it', () => {
    const [subscription] = propertiesOf(mail, 'AWS::SNS::Subscription');

    expect(subscription).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true });
    expect(plain(subscription?.['Endpoint'])).toMatch(/:sundown-inbox$/);
  });

  it('lets nobody but SES, by our rule, speak on the topic', () => {
    const [policy] = propertiesOf(mail, 'AWS::SNS::TopicPolicy');
    const [allowed, ...more] = statementsOf(policy?.['PolicyDocument']).filter(
      ({ Effect }) => Effect === 'Allow',
    );

    expect(more).toEqual([]);
    expect(allowed?.Principal).toEqual({ Service: 'ses.amazonaws.com' });
    expect(JSON.stringify(allowed?.Condition)).toContain(
      'receipt-rule-set/sundown-mail:receipt-rule/sundown-admin',
    );
  });
});

describe('the rule set', () => {
  it('is made the active one, once the rule is in it', () => {
    const [activation] = resourcesOf(mail, 'Custom::AWS');
    const depends = (activation?.[1] as { DependsOn?: string[] } | undefined)?.DependsOn ?? [];
    const [[rule] = ['']] = resourcesOf(mail, 'AWS::SES::ReceiptRule');

    expect(JSON.stringify(activation?.[1].Properties)).toContain('setActiveReceiptRuleSet');
    expect(activation?.[1].Properties['Delete']).toBeUndefined();
    expect(depends).toContain(rule);
  });

  it('is left to its owner where the settings name one', () => {
    expect(resourcesOf(attached, 'AWS::SES::ReceiptRuleSet')).toEqual([]);
    expect(resourcesOf(attached, 'Custom::AWS')).toEqual([]);
    expect(propertiesOf(attached, 'AWS::SES::ReceiptRule')).toMatchObject([
      { RuleSetName: 'theirs', Rule: { Recipients: ['legal@news.example'] } },
    ]);
  });
});

describe('letters out', () => {
  it('tell of every one that did not arrive', () => {
    expect(propertiesOf(mail, 'AWS::SES::ConfigurationSetEventDestination')).toMatchObject([
      {
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: ['bounce', 'complaint', 'reject', 'renderingFailure'],
        },
      },
    ]);
  });

  it('never bounce into the mailbox', () => {
    expect(propertiesOf(mail, 'AWS::SES::EmailIdentity')).toMatchObject([
      { EmailIdentity: 'sundown.example', FeedbackAttributes: { EmailForwardingEnabled: false } },
    ]);
  });
});

describe('the outputs', () => {
  it('say which records the domain needs', () => {
    expect(Object.keys(mail.Outputs ?? {}).sort()).toEqual([
      'DkimRecord1',
      'DkimRecord2',
      'DkimRecord3',
      'MxRecord',
    ]);
    expect(plain(mail.Outputs?.['MxRecord']?.Value)).toBe(
      '10 inbound-smtp.<AWS::Region>.amazonaws.com',
    );
  });
});
