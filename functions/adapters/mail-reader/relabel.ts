const saysAscii =
  /(charset\s*=\s*"?)(?:us-ascii|ascii|ansi_x3\.4-1968|unknown-8bit|x-unknown|unknown|default)(?=["\s;]|$)/gim;

/**
 * Many programs write UTF-8 and call it us-ascii, or nothing at all. Where all bytes
 * are good UTF-8, such labels are set right before the mail is parsed.
 * @returns null where there is nothing to set right
 */
export const relabelled = (raw: Uint8Array): Uint8Array | null => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return null;
  }
  const corrected = text.replace(saysAscii, '$1utf-8');
  return corrected === text ? null : new TextEncoder().encode(corrected);
};
