import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../state/files.ts';
import { type Answer, type Ask, AwsError } from './exchange.ts';

export type KeySpec = { id: string; arn: string; aliases: string[] };

type Input = {
  KeyId?: string;
  Message?: string;
  MessageType?: string;
  Signature?: string;
  SigningAlgorithm?: string;
};

const algorithm = 'ECDSA_SHA_256';

/** A P-256 key, made at first use and kept on disk. */
const keyAt = (path: string): KeyObject => {
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeWhole(path, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  }
  return createPrivateKey(readFileSync(path));
};

const messageOf = ({ Message = '', MessageType = 'RAW', SigningAlgorithm }: Input): Buffer => {
  if (SigningAlgorithm !== algorithm)
    throw new AwsError(400, 'ValidationException', `Only ${algorithm} is offered here.`);
  if (MessageType !== 'RAW')
    throw new AwsError(400, 'ValidationException', 'Only MessageType RAW is offered here.');
  const bytes = Buffer.from(Message, 'base64');
  if (bytes.length < 1 || bytes.length > 4096)
    throw new AwsError(400, 'ValidationException', 'A message holds from 1 to 4096 bytes.');
  return bytes;
};

type Signer = { arn: string; key: KeyObject };

const operations: Record<string, (signer: Signer, input: Input) => Record<string, unknown>> = {
  Sign: ({ arn, key }, input) => ({
    KeyId: arn,
    Signature: sign('sha256', messageOf(input), key).toString('base64'),
    SigningAlgorithm: algorithm,
  }),
  Verify: ({ arn, key }, input) => {
    const signature = Buffer.from(input.Signature ?? '', 'base64');
    if (!verify('sha256', messageOf(input), createPublicKey(key), signature))
      throw new AwsError(400, 'KMSInvalidSignatureException', '');
    return { KeyId: arn, SignatureValid: true, SigningAlgorithm: algorithm };
  },
  GetPublicKey: ({ arn, key }) => ({
    KeyId: arn,
    PublicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
    CustomerMasterKeySpec: 'ECC_NIST_P256',
    KeySpec: 'ECC_NIST_P256',
    KeyUsage: 'SIGN_VERIFY',
    SigningAlgorithms: [algorithm],
  }),
};

/** KMS, JSON protocol: one ECC P-256 signing key for each key of the template. */
export const kms = (dir: string, keys: readonly KeySpec[]) => {
  const named = (name = ''): Signer => {
    const spec = keys.find(({ id, arn, aliases }) => [id, arn, ...aliases].includes(name));
    if (spec === undefined)
      throw new AwsError(400, 'NotFoundException', `Key '${name}' does not exist`);
    return { arn: spec.arn, key: keyAt(join(dir, `${spec.id}.pem`)) };
  };
  return (action: string, ask: Ask): Answer => {
    const operation = operations[action];
    if (operation === undefined)
      throw new AwsError(400, 'UnsupportedOperationException', `${action} is not offered here.`);
    const input = JSON.parse(ask.body.toString('utf8')) as Input;
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify(operation(named(input.KeyId), input)),
    };
  };
};
