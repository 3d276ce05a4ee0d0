import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocal } from '../lib/local/start-local.ts';
import { auditStory } from './demo/audit.ts';
import { newsStory } from './demo/news.ts';
import { ownerStory } from './demo/owner.ts';
import { strangerStory } from './demo/stranger.ts';
import { newTimeline } from './demo/timeline.ts';
import { newWorld } from './demo/world.ts';

/**
 * Tells the whole story on a stack of its own: news in, an owner's mail, a
 * stranger's mail, the proof. Exits 1 where a promise was not held.
 */
export const runDemo = async (): Promise<void> => {
  const dir = mkdtempSync(join(tmpdir(), 'sundown-demo-'));
  const began = performance.now();
  console.log('Synthesizing the template and starting it on this machine …');
  const stack = await startLocal({ dir, fresh: true, autoRun: false });
  try {
    const timeline = newTimeline(stack.clock.now, (line) => console.log(line));
    const world = newWorld(stack, timeline, dir);
    await newsStory(world);
    await ownerStory(world);
    await strangerStory(world);
    await auditStory(world);
    const { held, broken } = timeline.checks();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`\n${held} promises held, ${broken.length} broken, in ${seconds} s.`);
    for (const promise of broken) console.log(`  broken: ${promise}`);
    if (broken.length > 0) throw new Error('The demo did not hold every promise.');
  } finally {
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
};
