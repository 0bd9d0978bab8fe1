import { ShapeError } from './json-shape.ts';
import { ProofError } from './proof-error.ts';
import type { Findings, IntegrityCode, IntegrityFailure } from './verify-report.ts';

/** A check that did not hold, thrown inside {@link Findings.attempt}. */
export class Wrong extends Error {
  readonly code: IntegrityCode;

  constructor(code: IntegrityCode, message: string) {
    super(message);
    this.name = 'Wrong';
    this.code = code;
  }
}

export function newFindings(): Findings {
  const failures: IntegrityFailure[] = [];
  const paths = new Set<string>();
  const fail: Findings['fail'] = (path, code, message) => {
    failures.push({ path, code, message });
    paths.add(path);
  };
  return {
    failures,
    fail,
    hasFailed: (path) => paths.has(path),
    attempt: (path, code, check) => {
      try {
        return check();
      } catch (error) {
        fail(path, codeOf(error, code), (error as Error).message);
        return null;
      }
    },
  };
}

/** {@link Findings.attempt} for a check that waits. */
export async function attemptAsync<Value>(
  findings: Findings,
  [path, code]: readonly [path: string, code: IntegrityCode],
  check: () => Promise<Value>,
): Promise<Value | null> {
  try {
    return await check();
  } catch (error) {
    findings.fail(path, codeOf(error, code), (error as Error).message);
    return null;
  }
}

/** Anything else that is thrown is our own mistake, and not the bundle's. */
function codeOf(error: unknown, code: IntegrityCode): IntegrityCode {
  if (error instanceof Wrong) return error.code;
  if (error instanceof ShapeError) return 'malformed';
  if (error instanceof ProofError) return code;
  throw error;
}
