import { expect, it } from 'vitest';
import { foldCase } from '../../../functions/domain/takedown/case.ts';
import { policy } from '../../../functions/domain/takedown/policy.ts';
import { projectionOf } from '../../../functions/domain/takedown/projection.ts';
import { minute } from '../../../functions/domain/time.ts';
import {
  actions,
  enforce,
  openCase,
  publish,
  receivedAt,
  type World,
  world,
} from './case-world.ts';

const a = 'a'.repeat(32);

class Killed extends Error {}

type Kill = { at: number; when: 'before' | 'after'; calls: number };

/** Every port call counts; the one at `kill.at` and all later ones die. */
const mortal = <P extends object>(port: P, kill: Kill): P =>
  new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        const call = kill.calls++;
        if (call > kill.at || (call === kill.at && kill.when === 'before')) throw new Killed();
        const answer: unknown = await Reflect.apply(member, target, args);
        if (call === kill.at) throw new Killed();
        return answer;
      };
    },
  });

const mortalWorld = (ports: World, kill: Kill): World => ({
  ...ports,
  audit: mortal(ports.audit, kill),
  cases: mortal(ports.cases, kill),
  articles: mortal(ports.articles, kill),
  bodies: mortal(ports.bodies, kill),
  edge: mortal(ports.edge, kill),
  frontDoor: mortal(ports.frontDoor, kill),
  pager: mortal(ports.pager, kill),
});

const newCase = async (): Promise<World> => {
  const ports = world();
  await publish(ports, a);
  await openCase(ports, { authority: 'proven', articles: [a], answerable: true });
  return ports;
};

const callsOfOneRun = async (): Promise<number> => {
  const kill: Kill = { at: Number.POSITIVE_INFINITY, when: 'before', calls: 0 };
  await enforce(mortalWorld(await newCase(), kill), receivedAt + minute);
  return kill.calls;
};

it('ends in the same state wherever one run is killed and the next takes over', async () => {
  const calls = await callsOfOneRun();
  expect(calls).toBeGreaterThan(25);
  for (const when of ['before', 'after'] as const) {
    for (let at = 0; at < calls; at++) {
      const ports = await newCase();
      await enforce(mortalWorld(ports, { at, when, calls: 0 }), receivedAt + minute).catch(
        () => {},
      );
      await enforce(ports, receivedAt + 5 * minute);

      const place = `killed ${when} call ${at}`;
      expect(await ports.articles.get(a), place).toMatchObject({ state: 'tombstone' });
      expect(ports.bodies.objects.size, place).toBe(0);
      const state = foldCase(await ports.audit.history('case:SD-1'));
      expect(state, place).toMatchObject({
        outcome: 'erased',
        holds: { [a]: { stage: 'erased' } },
      });
      const row = await ports.cases.get('SD-1');
      expect(row, place).toEqual(state && row && projectionOf(state, row.correspondence, policy));
      const closings = actions(ports, 'case:SD-1').filter((action) => action === 'case.closed');
      expect(closings, place).toHaveLength(1);
    }
  }
});
