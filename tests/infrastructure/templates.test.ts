import { describe, expect, it } from 'vitest';
import { stackNames, synthesize } from './synthesize.ts';

const example = synthesize();

const deployed = synthesize({
  name: 'evening',
  mail: { domain: 'news.example', attachToRuleSet: 'theirs' },
  site: {
    title: 'Evening News',
    domain: 'www.news.example',
    certificateArn:
      'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
  },
  pager: { email: 'ops@news.example' },
});

/** What changes with every line of code, or every release of the CDK, is no news here. */
const normalised = (template: unknown): unknown =>
  JSON.parse(
    JSON.stringify(template, (key, value: unknown) =>
      ['BootstrapVersion', 'CheckBootstrapVersion'].includes(key) ? undefined : value,
    ).replaceAll(/[0-9a-f]{64}/g, '<asset>'),
  );

describe('the templates', () => {
  it.each(stackNames)('%s stays as it was reviewed', (name) => {
    expect(normalised(example.templates[name])).toMatchSnapshot();
  });

  it.each(stackNames)('%s names no account and no region, so it deploys to any', (name) => {
    expect(JSON.stringify(example.templates[name])).not.toMatch(
      /\b\d{12}\b|\b(us|eu|ap|ca|sa)-[a-z]+-\d\b/,
    );
  });
});

describe('cdk-nag', () => {
  it('finds nothing in the example but that it is the example, and that it calls nobody', () => {
    expect(example.violations.map(({ ruleName }) => ruleName)).toEqual([
      'Annotation::sundown:exampleDomain',
      'Annotation::sundown:noPager',
    ]);
  });

  it('finds nothing in a house with its own domain, certificate and rule set', () => {
    expect(deployed.violations).toEqual([]);
  });

  it('is answered with a reason each time', () => {
    expect(example.acknowledged.length).toBeGreaterThan(0);
    for (const [, reason] of example.acknowledged) expect(reason).toMatch(/^.{40,}\.$/);
  });

  it('is not answered about TLS where the settings bring a certificate', () => {
    const rules = deployed.acknowledged.map(([rule]) => rule).join();

    expect(rules).not.toContain('CFR4');
    expect(rules).toContain('CFR2');
  });
});
