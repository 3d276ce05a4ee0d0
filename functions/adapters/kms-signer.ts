import { createHash } from 'node:crypto';
import { KMSClient, SignCommand, VerifyCommand } from '@aws-sdk/client-kms';
import type { SignerPort } from '../ports.ts';
import { answerOf, answerUnless } from './aws-answers.ts';

/** KMS hashes at most this many bytes itself; of more it takes the digest. The signature is the same. */
const longestRaw = 4096;

const messageOf = (text: string) => {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.length <= longestRaw
    ? ({ Message: bytes, MessageType: 'RAW' } as const)
    : ({ Message: createHash('sha256').update(bytes).digest(), MessageType: 'DIGEST' } as const);
};

/** An ECC_NIST_P256 key that never leaves KMS. */
export const kmsSigner = (keyId: string): SignerPort => {
  const kms = new KMSClient({ maxAttempts: 3 });
  const ask = (text: string) =>
    ({ KeyId: keyId, SigningAlgorithm: 'ECDSA_SHA_256', ...messageOf(text) }) as const;
  return {
    sign: async (text) => {
      const { Signature } = await answerOf('signing', kms.send(new SignCommand(ask(text))));
      return Buffer.from(Signature ?? []).toString('base64');
    },
    verify: async (text, signature) => {
      const Signature = Buffer.from(signature, 'base64');
      if (Signature.length === 0) return false;
      const command = new VerifyCommand({ ...ask(text), Signature });
      const refused = ['KMSInvalidSignatureException'];
      const answer = await answerUnless(refused, 'verifying', kms.send(command));
      return answer?.SignatureValid === true;
    },
  };
};
