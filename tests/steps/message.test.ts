import { describe, expect, it } from 'vitest';
import { Permanent } from '../../functions/errors.ts';
import { messageOf } from '../../functions/runtime/message.ts';

describe('a message of a queue', () => {
  it('is what the step before has left', () => {
    expect(messageOf('{"caseId":"SD-20261124-ABCDEF"}')).toEqual({ caseId: 'SD-20261124-ABCDEF' });
  });

  it('is refused where it is no JSON, without a word of it in the error', () => {
    const read = () => messageOf('{"entry":{"title":Pear found');

    expect(read).toThrow(Permanent);
    expect(read).not.toThrow('Pear');
  });
});
