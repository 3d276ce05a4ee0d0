export type FunctionSpec = {
  name: string;
  /** Folder with the bundle. */
  codeDir: string;
  /** 'index.handler': file and export. */
  handler: string;
  environment: Record<string, string>;
  timeoutMs: number;
  memoryMiB: number;
  /** Where an event goes that a schedule sent and every try failed on; null = nowhere. */
  deadLetterQueue: string | null;
};

/** The first word to a worker. */
export type Start = { spec: FunctionSpec; clockOffsetMs: number };

/** Every further word. */
export type Job = { id: string; event: unknown; deadline: number; clockOffsetMs: number };

/** From a worker to the pool. */
export type Outcome =
  | { ready: true }
  | { id: string; result: unknown }
  | { id: string; failure: { name: string; message: string } };

/** A run that ended otherwise than by returning. */
export class FunctionFailed extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
