import { size } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import type { Draft } from './draft.ts';

const KINDS =
  'image/*,audio/*,video/*,application/pdf,text/*,message/rfc822,.eml,.md,.csv,.docx,.xlsx,.odt,.ods';

type Given = {
  draft: Draft;
  files: readonly File[];
  onChoose: (files: readonly File[]) => void;
  limit: { readonly files: number; readonly fileBytes: number } | undefined;
};

/** Files beside the words: a recording, a photo of notes, a paper. */
export function FileFields({ draft, files, onChoose, limit }: Given) {
  const tooLarge = files.filter((file) => limit && file.size > limit.fileBytes);
  const lost = files.length === 0 ? draft.fileNames : [];
  return (
    <fieldset className="chips">
      <legend>{t('byhand.files')}</legend>
      <label className="action by-hand-choose">
        {t('byhand.chooseFiles')}
        <input
          className="unseen"
          type="file"
          multiple
          accept={KINDS}
          onChange={(event) => {
            onChoose([...files, ...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </label>
      <ul className="by-hand-files">
        {files.map((file, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same file may be chosen twice
          <li key={`${file.name}${at}`} className="row">
            <span>
              {file.name} <span className="quiet">{size(file.size)}</span>
            </span>
            <button
              type="button"
              className="link-button"
              onClick={() => onChoose(files.filter((_, index) => index !== at))}
              aria-label={t('byhand.dropFile', { name: file.name })}
            >
              {t('byhand.drop')}
            </button>
          </li>
        ))}
      </ul>
      {lost.length > 0 && (
        <p className="notice small">{t('byhand.chooseAgain', { names: lost.join(', ') })}</p>
      )}
      {tooLarge.length > 0 && limit && (
        <p className="notice small" role="alert">
          {t('problem.file-too-large', { name: tooLarge[0]!.name, limitMb: limit.fileBytes >> 20 })}
        </p>
      )}
    </fieldset>
  );
}
