import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../functions/news/publish-article/pictures.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('kindOf', () => {
  it.each([
    ['\xff\xd8\xff\xe0', 'jpg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['GIF89a', 'gif'],
    ['GIF87a', 'gif'],
    ['RIFF\n\0\0\0WEBPVP8 ', 'webp'],
    ['\0\0\0 ftypavif', 'avif'],
  ])('knows %j as %s', (head, extension) => {
    expect(kindOf(bytes(head))?.extension).toBe(extension);
  });

  it.each(['', '<svg xmlns="x">', '<html>', 'RIFF\n\0\0\0WAVE', '\0\0\0 ftypmp42', 'xGIF89a'])(
    'knows %j as no picture',
    (head) => {
      expect(kindOf(bytes(head))).toBeUndefined();
    },
  );
});
