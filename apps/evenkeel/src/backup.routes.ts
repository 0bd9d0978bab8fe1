import { writeZip } from '@evenkeel/proof/zip';
import { backup, backupKeys } from './backup.ts';
import {
  type Api,
  byteResponse,
  callerOf,
  problem,
  problemResponse,
  securedRoute,
  stream,
} from './kernel/http.ts';
import type { Parts } from './parts.ts';

const OWNER = { action: 'make backups', roles: ['owner'], scope: 'workspace', custody: 'backup' } as const;

/** Both parts of a backup, for the owner of this machine alone: they hold everything there is. */
export function backupRoutes(api: Api, { ledger, sealer, dataDir }: Parts): void {
  const parts = [
    ['/api/backup', 'getBackup', () => backup(ledger, sealer, dataDir)],
    ['/api/backup/keys', 'getBackupKeys', () => backupKeys(ledger, dataDir)],
  ] as const;
  for (const [path, operationId, entries] of parts) {
    const route = securedRoute(OWNER, {
      method: 'get',
      path,
      operationId,
      responses: {
        200: byteResponse('application/zip', 'A part of a backup'),
        403: problemResponse('Only the command line on this machine may'),
      },
    });
    api.openapi(route, (c) => {
      if (!callerOf(c).isLocal)
        return problem(c, 403, 'only-local', 'Backups are made on this machine: run "evenkeel backup FILE".');
      return stream(c, 'application/zip', writeZip(entries()));
    });
  }
}
