import type { Coverage } from '../api/shapes.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';

type Folder = Coverage['sources'][number]['folders'][number];
type Loss = Coverage['sources'][number]['losses'][number];

/** What a server showed of each folder: a number without a message proves nothing, and is said. */
export function Folders({ folders }: { folders: readonly Folder[] }) {
  return folders.filter(saysSomething(folders)).map((folder) => (
    <li key={`${folder.path} ${folder.uidValidity}`}>
      {folder.unlisted === 0 &&
        t('missing.folder', { path: folder.path, listed: folder.listed, date: momentOf(folder.lastAt) })}{' '}
      {folder.emptyAtFirst > 0 && t('missing.emptyAtFirst', { count: folder.emptyAtFirst })}{' '}
      {folder.emptySince > 0 && t('missing.emptySince', { count: folder.emptySince })}{' '}
      {folder.notYet > 0 && t('missing.notYet', { count: folder.notYet })}{' '}
      {isLaterEpoch(folder, folders) &&
        t('missing.epoch', { date: momentOf(folder.firstAt), validity: folder.uidValidity })}
    </li>
  ));
}

/** One that was not looked at whole, and of which nothing else is known, has nothing to say. */
function saysSomething(all: readonly Folder[]) {
  return (folder: Folder) =>
    folder.unlisted === 0 ||
    folder.emptyAtFirst + folder.emptySince + folder.notYet > 0 ||
    isLaterEpoch(folder, all);
}

/** Folders come in the order of their path, each one's epochs in the order of time. */
function isLaterEpoch(folder: Folder, folders: readonly Folder[]): boolean {
  return folders[folders.indexOf(folder) - 1]?.path === folder.path;
}

const SHOWN = 5;

/** What was taken back on the server, and between which two looks. */
export function Losses({ losses }: { losses: readonly Loss[] }) {
  if (losses.length === 0) return null;
  const rest = losses.slice(SHOWN);
  return (
    <>
      {losses.slice(0, SHOWN).map(lineOf)}
      {rest.length > 0 && (
        <li>
          <details>
            <summary>{t('missing.more', { count: rest.length })}</summary>
            <ul className="missing-of">{rest.map(lineOf)}</ul>
          </details>
        </li>
      )}
    </>
  );
}

function lineOf({ path, uidValidity, from, until, gone, ours, unseen }: Loss) {
  const between = { path, from: from ? momentOf(from) : t('missing.earlier'), until: momentOf(until) };
  return (
    <li key={`${path} ${uidValidity} ${until}`}>
      {gone > 0 && t('missing.gone', { ...between, gone, ours })}{' '}
      {unseen > 0 && t('missing.unseen', { ...between, count: unseen })}
    </li>
  );
}
