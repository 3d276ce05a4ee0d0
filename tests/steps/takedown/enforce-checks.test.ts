import { beforeEach, describe, expect, it } from 'vitest';
import { pagePathOf } from '../../../functions/domain/news/article.ts';
import { hour, minute } from '../../../functions/domain/time.ts';
import { Retryable } from '../../../functions/errors.ts';
import { enforce, openCase, publish, receivedAt, type World, world } from './case-world.ts';

const a = 'a'.repeat(32);
let ports: World;

const run = (now: number) => enforce(ports, now);

beforeEach(async () => {
  ports = world();
  await publish(ports, a);
});

describe('a check that does not come out empty', () => {
  beforeEach(() => openCase(ports, { authority: 'proven', articles: [a] }));

  it.each<[string, () => void, string]>([
    [
      'the page is still served',
      () => {
        ports.frontDoor.answer = () => ({ status: 200, text: '' });
      },
      'public-page present',
    ],
    [
      'a list still shows it',
      () => {
        ports.frontDoor.answer = (path) =>
          path === pagePathOf(a) ? { status: 451, text: '' } : { status: 200, text: pagePathOf(a) };
      },
      'public-lists present',
    ],
    [
      'the lists answer, but not with a list',
      () => {
        ports.frontDoor.answer = (path) => ({
          status: path === pagePathOf(a) ? 451 : 429,
          text: '',
        });
      },
      'public-lists unknown',
    ],
    [
      'the purge is still under way',
      () => {
        ports.edge.purge = async () => 'under-way';
      },
      'edge-cache unknown',
    ],
    [
      'the site does not answer',
      () => {
        ports.frontDoor.answer = () => Promise.reject(new Retryable('down'));
      },
      'public-lists unknown, public-page unknown',
    ],
    [
      'the bucket cannot be read',
      () => {
        ports.bodies.survey = () => Promise.reject(new Retryable('down'));
      },
      'objects unknown, object-versions unknown, unfinished-uploads unknown',
    ],
    [
      'deletes answered well and did nothing',
      () => {
        ports.bodies.erase = async () => {};
      },
      'objects present, object-versions present',
    ],
  ])('keeps the case open and tries again when %s', async (_name, break_, reason) => {
    break_();

    await run(receivedAt + minute);

    const event = ports.audit.log.findLast(({ action }) => action === 'case.delayed');
    expect(event?.details).toMatchObject({ failures: 1, reason });
    expect((await ports.cases.get('SD-1'))?.case.closedAt).toBeNull();
  });

  it('is mended by a later run, however many failed before', async () => {
    const whole = ports.bodies.erase;
    ports.bodies.erase = () => Promise.reject(new Retryable('down'));
    let now = receivedAt;
    for (let i = 0; i < 40; i++) {
      now += hour;
      await run(now);
    }
    expect(ports.pager.calls.length).toBe(4);

    ports.bodies.erase = whole;
    await run(now + hour);

    expect((await ports.cases.get('SD-1'))?.case.outcome).toBe('erased');
  });
});
