import type { ProcedureLetter } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';

type Given = {
  letter: Pick<ProcedureLetter, 'from' | 'foreignNames'>;
  isConfirmed: boolean;
  onConfirm: (confirmed: boolean) => void;
};

/** The name of ours that a letter carries; one that they do not know has to be allowed, with both names in sight. */
export function LetterName({ letter: { from, foreignNames }, isConfirmed, onConfirm }: Given) {
  const names = foreignNames.join(', ');
  return (
    <div className="small">
      <p className="quiet">
        {from.address
          ? t('letter.from', { name: from.name, address: from.address })
          : t('letter.fromName', { name: from.name })}
      </p>
      {names !== '' && (
        <p className="notice" role="status">
          {t('letter.foreign', { knows: from.name, names })}{' '}
          <label>
            <input
              type="checkbox"
              checked={isConfirmed}
              onChange={(event) => onConfirm(event.currentTarget.checked)}
            />{' '}
            {t('letter.foreignMay', { names })}
          </label>
        </p>
      )}
    </div>
  );
}
