import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LocalFacts, LocalOptions } from '../../lib/local/stack.ts';
import { startLocal } from '../../lib/local/start-local.ts';
import { claimState } from '../../lib/local/state/claim.ts';
import { later, tempDir } from './endpoint.ts';

const start = async (options: LocalOptions) => {
  const stack = await startLocal({ autoRun: false, ...options });
  later(stack.stop);
  return stack;
};

const frontPage = async (site: string): Promise<string> => (await fetch(site)).text();

describe('the whole stack', () => {
  it('publishes what the sample feeds carry, and has it again after a restart', async () => {
    const dir = join(tempDir(), 'state');
    const first = await start({ dir });
    await first.run('plan-polls');
    await first.settle();
    const { site } = first.facts();
    const before = await frontPage(site);
    const local = JSON.parse(readFileSync(join(dir, 'local.json'), 'utf8')) as LocalFacts;
    const second = startLocal({ dir });
    await expect(second).rejects.toThrow('running');
    await first.stop();

    const again = await start({ dir });

    expect(before).toContain('The Aldmouth Herald');
    expect(local).toEqual({ ...first.facts(), pid: process.pid });
    expect(again.facts().site).toBe(site);
    expect(await frontPage(site)).toContain('The Aldmouth Herald');
    expect(again.notRun.unknown).toEqual([]);
    await again.stop();
    expect(existsSync(join(dir, 'local.json'))).toBe(false);
  }, 120_000);
});

describe('the state folder', () => {
  it('is never emptied where it holds things of others', () => {
    const dir = tempDir();
    writeFileSync(join(dir, 'letter.txt'), 'mine');

    expect(() => claimState(dir, true)).toThrow('holds other things');
    expect(existsSync(join(dir, 'letter.txt'))).toBe(true);
  });

  it('is taken over from a process that was killed, and forgotten when asked', () => {
    const dir = tempDir();
    claimState(dir, false)();
    writeFileSync(join(dir, 'pid'), '999999999');
    writeFileSync(join(dir, 'old.json'), '{}');

    const release = claimState(dir, true);

    expect(existsSync(join(dir, 'old.json'))).toBe(false);
    expect(() => claimState(dir, false)).toThrow('running');
    release();
  });
});
