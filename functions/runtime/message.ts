import { Permanent } from '../errors.ts';

/**
 * Reads a message that a step has left in a queue.
 * @throws Permanent without a word of it: the parser's own error would quote it
 */
export const messageOf = <Message>(body: string): Message => {
  try {
    return JSON.parse(body) as Message;
  } catch {
    throw new Permanent('The message is no JSON: no step has written it so.');
  }
};
