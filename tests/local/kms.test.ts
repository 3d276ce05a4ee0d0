import { GetPublicKeyCommand, KMSClient, SignCommand, VerifyCommand } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { startEndpoint } from './endpoint.ts';

const arn = 'arn:aws:kms:us-east-1:000000000000:key/k-1';
const keys = [{ id: 'k-1', arn, aliases: ['alias/a'] }];
const SigningAlgorithm = 'ECDSA_SHA_256' as const;

const start = async (dir?: string) => {
  const started = await startEndpoint({ keys, ...(dir === undefined ? {} : { dir }) });
  const kms = new KMSClient(started.client);
  const sign = async (KeyId: string, text: string) =>
    (await kms.send(new SignCommand({ KeyId, Message: Buffer.from(text), SigningAlgorithm })))
      .Signature;
  const verify = (KeyId: string, text: string, Signature: Uint8Array | undefined) =>
    kms.send(new VerifyCommand({ KeyId, Message: Buffer.from(text), Signature, SigningAlgorithm }));
  return { ...started, kms, sign, verify };
};

describe('KMS on this machine', () => {
  it('verifies what it has signed, by id, ARN or alias, and refuses another text', async () => {
    const { sign, verify } = await start();

    const signature = await sign('alias/a', 'root');

    for (const name of ['k-1', arn, 'alias/a'])
      await expect(verify(name, 'root', signature)).resolves.toMatchObject({
        SignatureValid: true,
      });
    await expect(verify('k-1', 'toot', signature)).rejects.toMatchObject({
      name: 'KMSInvalidSignatureException',
    });
  });

  it('keeps its key over a restart', async () => {
    const first = await start();
    const signature = await first.sign('k-1', 'root');
    const before = await first.kms.send(new GetPublicKeyCommand({ KeyId: 'k-1' }));
    await first.aws.stop();

    const second = await start(first.dir);

    const after = await second.kms.send(new GetPublicKeyCommand({ KeyId: 'k-1' }));
    expect(after.PublicKey).toEqual(before.PublicKey);
    expect(await second.verify('k-1', 'root', signature)).toMatchObject({ SignatureValid: true });
  });

  it('refuses a key that the template does not have', async () => {
    const { sign } = await start();

    await expect(sign('alias/none', 'root')).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});
