import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPublishers } from '../../lib/local/publishers/publishers.ts';
import type { Publishers, PublishersOptions } from '../../lib/local/publishers/types.ts';
import { visit } from './publishers-client.ts';

const rss = 'http://herald.example/feeds/all.rss';
const start = Date.UTC(2026, 2, 1, 12);
let now = start;
let publishers: Publishers;
const options: PublishersOptions = {
  dir: mkdtempSync(join(tmpdir(), 'publishers-')),
  port: 0,
  now: () => now,
  log: () => undefined,
};

beforeAll(async () => {
  publishers = await startPublishers(options);
});
afterAll(() => publishers.stop());

describe('the sample publishers', () => {
  it('keep their keys to themselves', () => {
    for (const { host } of publishers.publishers)
      expect(statSync(join(options.dir, `${host}.dkim.pem`)).mode & 0o077).toBe(0);
  });

  it('update one article and the feed, and still do after a restart', async () => {
    const before = await visit(publishers, rss);
    now = start + 5 * 3_600_000;

    const { url } = await publishers.control.publishUpdate();

    const after = await visit(publishers, rss, { 'if-none-match': before.header('etag') });
    const page = await visit(publishers, url);
    expect(before.text).toContain('to close for nine weeks');
    expect(after.status).toBe(200);
    expect(after.text).toContain('to reopen three weeks early');
    expect(page.text).toContain('dateModified":"2026-03-01T17:00:00.000Z"');

    const zone = publishers.zone;
    await publishers.stop();
    now += 86_400_000;
    publishers = await startPublishers(options);
    expect(publishers.zone).toEqual(zone);
    expect((await visit(publishers, rss)).bytes.equals(after.bytes)).toBe(true);
  });
});
