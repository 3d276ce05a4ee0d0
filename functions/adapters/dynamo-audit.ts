import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Head } from '../domain/audit/checkpoint.ts';
import type { AuditEvent, Subject } from '../domain/audit/event.ts';
import type { AuditPort } from '../ports.ts';
import type { Item } from './dynamo.ts';
import { dynamoTable, listOf, type Query } from './dynamo-table.ts';

const rowOf = (event: AuditEvent): object => ({ ...event, day: event.at.slice(0, 10) });

/** Whatever else the row holds stays on the event, a wrong `day` too, for verification to see. */
const eventOf = ({ day = null, ...event }: Item): AuditEvent => {
  const isFiledRightly = day === String(event['at']).slice(0, 10);
  return (isFiledRightly ? event : { ...event, day }) as unknown as AuditEvent;
};

const placeOf = (a: AuditEvent, b: AuditEvent): number =>
  a.subject === b.subject ? a.seq - b.seq : a.subject < b.subject ? -1 : 1;

/** The Audit table: its rows are the events, field for field, and `day` for the index. */
export const dynamoAudit = (client: DynamoDBClient, name: string): AuditPort => {
  const table = dynamoTable(client, name);
  const of = (subject: Subject): Query => ({ hash: ['subject', subject] });
  return {
    history: async (subject) => (await listOf(table.query(of(subject)))).map(eventOf),
    head: async (subject) => {
      const ask = { ...of(subject), lastFirst: true, pageSize: 1 };
      for await (const row of table.query(ask)) return eventOf(row);
      return undefined;
    },
    append: async (event) => {
      const isNew = { text: 'attribute_not_exists(#subject)', names: { '#subject': 'subject' } };
      return (await table.put(rowOf(event), isNew)) ? 'appended' : 'taken';
    },
    ofDay: async function* (day) {
      for await (const row of table.query({ index: 'byDay', hash: ['day', day] })) {
        yield eventOf(row);
      }
    },
    heads: async () => {
      const heads = new Map<Subject, Head>();
      for await (const row of table.scan()) {
        const { subject, seq, hash } = eventOf(row);
        if ((heads.get(subject)?.seq ?? 0) < seq) heads.set(subject, { subject, seq, hash });
      }
      return [...heads.values()];
    },
    all: async function* () {
      const events: AuditEvent[] = [];
      for await (const row of table.scan()) events.push(eventOf(row));
      yield* events.sort(placeOf);
    },
  };
};
