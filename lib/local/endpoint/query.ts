import type { Answer } from './exchange.ts';
import { type XmlNode, xmlDocument } from './xml.ts';

/** An answer of the query protocol (SES, SNS). */
export const queryAnswer = (action: string, namespace: string, result: XmlNode): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: xmlDocument(`${action}Response`, namespace, {
    [`${action}Result`]: result,
    ResponseMetadata: { RequestId: 'local' },
  }),
});

export const queryFailure = (
  status: number,
  namespace: string,
  code: string,
  message: string,
): Answer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: xmlDocument('ErrorResponse', namespace, {
    Error: { Type: 'Sender', Code: code, Message: message },
    RequestId: 'local',
  }),
});
