import type { Interaction, LetterInside } from '../api/shapes.ts';
import { size } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { isoAsStated } from '../words/when.ts';
import { attachmentUrl } from './interaction.queries.ts';

/** Of more than these the attachments tell. */
const NAMED = 3;

type Letters = Interaction['letters'];

/** What lies inside a letter that came attached: its files, then the letters in it, each with what it holds. */
export function LettersInside({ id, letters, within }: { id: string; letters: Letters; within: number }) {
  const letter = letters[within]!;
  const inner = letters.flatMap((one, at) => (one.within === within ? [{ one, at }] : []));
  return (
    <div className="letter-inside">
      <p className="small">{factsOf(letter)}</p>
      <p className="small quiet">{letter.lead}</p>
      {letter.files.length + inner.length > 0 && (
        <ul aria-label={t('attachments.inside')}>
          {letter.files.map((file, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a letter may hold the same bytes twice, and never changes
            <li key={`${file.sha256}${at}`}>
              <InnerFile id={id} file={file} kind={file.mediaType} />
            </li>
          ))}
          {inner.map(({ one, at }) => (
            <li key={at}>
              <InnerFile id={id} file={one} kind={t('attachments.nested')} />
              <LettersInside id={id} letters={letters} within={at} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Above the words of a letter that carries others: whose these are, and the way to them. */
export function LettersLine({ letters, onOpen }: { letters: Letters; onOpen: () => void }) {
  const carried = letters.filter(({ within }) => within === null).slice(0, NAMED);
  return carried.map((letter, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a letter may hold the same bytes twice, and never changes
    <p key={`${letter.sha256}${at}`} className="letter-line small">
      <button type="button" className="link-button small" onClick={onOpen}>
        {t('attachments.letter', { what: factsOf(letter) })}
      </button>
    </p>
  ));
}

function factsOf({ subject, from, sentAt }: LetterInside): string {
  // As the letter states it, with its own offset: nobody says in which zone a time without one is.
  const stated = sentAt && isoAsStated(sentAt);
  return [from?.name ?? from?.address ?? t('who.unknown'), stated, subject].filter(Boolean).join(' · ');
}

type File = { readonly name: string | null; readonly sizeBytes: number; readonly sha256: string };

function InnerFile({ id, file, kind }: { id: string; file: File; kind: string }) {
  const { name, sizeBytes, sha256 } = file;
  return (
    <>
      <a href={attachmentUrl(id, sha256)} download={name ?? sha256}>
        {name ?? t('attachments.noName')}
      </a>{' '}
      <span className="small quiet">
        {kind} · {size(sizeBytes)}
      </span>
    </>
  );
}
