export type BucketSpec = {
  name: string;
  versioned: boolean;
  /** Object Lock: every version is kept this long in COMPLIANCE mode; null = no lock. */
  retentionDays: number | null;
};

export type ObjectFacts = { contentType: string; headers: Record<string, string> };

export type Version = ObjectFacts & {
  key: string;
  /** 'null' in a bucket without versioning. */
  versionId: string;
  /** The file with its bytes; null = a delete marker. */
  blob: string | null;
  at: number;
  etag: string;
  size: number;
  retainUntil: number | null;
};

export type Upload = ObjectFacts & { uploadId: string; key: string; at: number };
export type Part = { number: number; etag: string; size: number; at: number };

/** A failure as S3 tells it. */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;
  readonly facts: Record<string, string>;

  constructor(status: number, code: string, message: string, facts: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.facts = facts;
  }
}
