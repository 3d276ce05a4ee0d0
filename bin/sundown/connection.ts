import { readFile } from 'node:fs/promises';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { dynamoClient } from '../../functions/adapters/dynamo.ts';
import { dynamoArticles } from '../../functions/adapters/dynamo-articles.ts';
import { dynamoAudit } from '../../functions/adapters/dynamo-audit.ts';
import { dynamoCases } from '../../functions/adapters/dynamo-cases.ts';
import { kmsSigner } from '../../functions/adapters/kms-signer.ts';
import { s3Ledger } from '../../functions/adapters/s3-ledger.ts';
import type { Instant } from '../../functions/domain/time.ts';
import type {
  ArticlesPort,
  AuditPort,
  CasesPort,
  LedgerPort,
  SignerPort,
} from '../../functions/ports.ts';
import { UsageError } from './output.ts';

/** A Sundown to talk to: the local stack or a deployed one. */
export type Connection = {
  audit: AuditPort;
  cases: CasesPort;
  articles: ArticlesPort;
  ledger: LedgerPort;
  signer: SignerPort;
  now: Instant;
};

export type Target = { cloud: boolean; name: string; dir: string };

type LocalFile = { awsEndpoint: string; clockOffsetMs: number };

const localFile = async (dir: string): Promise<LocalFile> => {
  const text = await readFile(`${dir}/local.json`, 'utf8').catch(() => {
    throw new UsageError(
      `No local stack is running in ${dir}. Start one with "npm start", or add --cloud to speak to a deployed Sundown.`,
    );
  });
  return JSON.parse(text) as LocalFile;
};

/** The AWS clients take endpoint and credentials from the environment, as everywhere. */
const useLocal = async (dir: string): Promise<Instant> => {
  const { awsEndpoint, clockOffsetMs } = await localFile(dir);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: awsEndpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  return Date.now() + clockOffsetMs;
};

const bucketSuffix = async (): Promise<string> => {
  const sts = new STSClient();
  const { Account } = await sts.send(new GetCallerIdentityCommand());
  return `${Account}-${await sts.config.region()}`;
};

/** @throws UsageError where there is no stack to speak to */
export const connect = async ({ cloud, name, dir }: Target): Promise<Connection> => {
  const now = cloud ? Date.now() : await useLocal(dir);
  const suffix = cloud ? await bucketSuffix() : '000000000000-us-east-1';
  const client = dynamoClient();
  return {
    audit: dynamoAudit(client, `${name}-audit`),
    cases: dynamoCases(client, `${name}-cases`),
    articles: dynamoArticles(client, `${name}-articles`),
    ledger: s3Ledger(`${name}-ledger-${suffix}`),
    signer: kmsSigner(`alias/${name}-checkpoints`),
    now,
  };
};
