import type { HashedFile } from '../src/read-file.ts';
import type { Hashing } from '../src/verify-files.ts';
import type { Heard, Said } from './asking.ts';
import { check, hash } from './checking.ts';

type Scope = {
  onmessage: ((event: MessageEvent<Heard>) => void) | null;
  readonly postMessage: (said: Said) => void;
};

/** Serves as another thread, that checks or that hashes for it: the script of the page runs there again, and comes here. */
export function serve(): void {
  const scope = globalThis as unknown as Scope;
  const say = (said: Said) => scope.postMessage(said);
  const hashed = Promise.withResolvers<readonly HashedFile[] | null>();
  const hashElsewhere: Hashing['hashElsewhere'] = (paths) => {
    say({ kind: 'hash', paths });
    return hashed.promise;
  };
  scope.onmessage = ({ data }) => {
    if ('files' in data) hashed.resolve(data.files);
    else if ('paths' in data) void hash(data, say).then((files) => say({ kind: 'hashed', files }));
    else void check(data, say, hashElsewhere);
  };
}
