import { describe, expect, it } from 'vitest';
import { kmsSigner } from '../../functions/adapters/kms-signer.ts';
import { memoryLedger, memorySigner } from '../../functions/adapters/memory-stores.ts';
import { s3Ledger } from '../../functions/adapters/s3-ledger.ts';
import { Permanent } from '../../functions/errors.ts';
import type { LedgerPort, SignerPort } from '../../functions/ports.ts';
import { embeddedAws } from './aws-environment.ts';

const aws = embeddedAws();

const ledgers: { name: string; make: () => LedgerPort }[] = [
  { name: 'memory', make: () => memoryLedger() },
  { name: 'S3 with Object Lock', make: () => s3Ledger(aws.fresh('locked')) },
];

describe.each(ledgers)('the ledger in $name', ({ make }) => {
  it('keeps the first checkpoint of a name for ever', async () => {
    const ledger = make();

    expect(await ledger.put('checkpoints/2026-11-24', 'root: α\n')).toBe('stored');
    expect(await ledger.put('checkpoints/2026-11-24', 'root: β\n')).toBe('taken');

    expect(await ledger.get('checkpoints/2026-11-24')).toBe('root: α\n');
  });

  it('lists its checkpoints by name, and has none at first', async () => {
    const ledger = make();
    expect(await ledger.list()).toEqual([]);
    expect(await ledger.get('checkpoints/2026-11-24')).toBeUndefined();

    for (const name of [
      'checkpoints/2026-11-25',
      'checkpoints/2026-11-24',
      'checkpoints/2026-12-01',
    ])
      await ledger.put(name, name);

    expect(await ledger.list()).toEqual([
      'checkpoints/2026-11-24',
      'checkpoints/2026-11-25',
      'checkpoints/2026-12-01',
    ]);
  });
});

const signers: { name: string; make: () => SignerPort }[] = [
  { name: 'memory', make: () => memorySigner() },
  { name: 'KMS', make: () => kmsSigner('alias/sundown') },
];

describe.each(signers)('the signer in $name', ({ make }) => {
  it('verifies what it signed, and nothing else', async () => {
    const signer = make();

    const signature = await signer.sign('root: α');

    expect(signature).toMatch(/^[\w+/]+=*$/);
    expect(await signer.verify('root: α', signature)).toBe(true);
    expect(await signer.verify('root: β', signature)).toBe(false);
    expect(await signer.verify('root: α', await signer.sign('root: β'))).toBe(false);
  });

  it.each(['', 'AAAA', 'not base64 at all'])('takes %j for no signature', async (signature) => {
    expect(await make().verify('root', signature)).toBe(false);
  });
});

describe('the signing key', () => {
  it('fails for good where KMS has no such key', async () => {
    await expect(kmsSigner('alias/none').sign('root')).rejects.toThrow(Permanent);
  });
});
