#!/usr/bin/env node
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { DataStack } from '../lib/cloud/data-stack.ts';
import { EdgeStack } from '../lib/cloud/edge-stack.ts';
import { MailStack } from '../lib/cloud/mail-stack.ts';
import { RiversStack } from '../lib/cloud/rivers-stack.ts';
import { readSettings } from '../lib/cloud/settings.ts';
import { WatchStack } from '../lib/cloud/watch-stack.ts';

/** Sundown as the settings in cdk.json want it: five stacks, in the order they are deployed. */
export const compose = (app: App) => {
  const settings = readSettings(app.node.tryGetContext('sundown'));
  const data = new DataStack(app, 'Data', settings);
  const edge = new EdgeStack(app, 'Edge', settings);
  const rivers = new RiversStack(app, 'Rivers', settings, edge);
  const mail = new MailStack(app, 'Mail', settings);
  const watch = new WatchStack(app, 'Watch', settings, rivers.inboxQueueUrl);
  // their plain names hide from CDK who needs whom
  edge.addStackDependency(data);
  rivers.addStackDependency(edge);
  mail.addStackDependency(rivers);
  watch.addStackDependency(rivers);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { data, edge, rivers, mail, watch };
};

if (import.meta.main) {
  const app = new App();
  compose(app);
  app.synth();
}
