import { BundleError, PATH } from '@evenkeel/proof/bundle-format';
import { toHex } from '@evenkeel/proof/bytes';
import { sha256Pure } from '@evenkeel/proof/sha256';
import { examineBundle } from '@evenkeel/proof/verify';
import { openZip } from '@evenkeel/proof/zip';
import type { CheckFound, CheckOrder } from './checking.ts';

const MOST_MANIFEST_BYTES = 64 << 20;

type Scope = {
  onmessage: ((event: MessageEvent<CheckOrder>) => void) | null;
  readonly postMessage: (found: CheckFound) => void;
};
const scope = globalThis as unknown as Scope;
scope.onmessage = ({ data }) => void check(data).then((found) => scope.postMessage(found));

/** Looks at a file as somebody would who has nothing but it and the key of the log. */
async function check({ file, logKey }: CheckOrder): Promise<CheckFound> {
  let done = 0;
  let saidAt = 0;
  const read = async (start: number, end: number) => {
    const bytes = new Uint8Array(await file.slice(start, end).arrayBuffer());
    done += bytes.length;
    if (done - saidAt > file.size / 50) {
      saidAt = done;
      scope.postMessage({ kind: 'read', share: Math.min(1, done / file.size) });
    }
    return bytes;
  };
  const source = { size: file.size, read };
  try {
    const { report } = await examineBundle(source, { sha256: sha256Pure, logKey });
    const zip = await openZip(source);
    const manifest = zip.entries.find(({ path }) => path === PATH.manifest);
    const bytes = manifest && (await zip.read(manifest, MOST_MANIFEST_BYTES));
    return { kind: 'done', report, manifestSha256: bytes ? toHex(sha256Pure(bytes)) : null };
  } catch (error) {
    return { kind: 'refused', code: error instanceof BundleError ? error.code : 'unreadable' };
  }
}
