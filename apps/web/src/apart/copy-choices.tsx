import type { InteractionInPlace } from '../api/shapes.ts';
import { size } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import type { CopyOrder } from './apart.queries.ts';

type Choices = Pick<CopyOrder, 'use' | 'people' | 'files'> & { subject: boolean };
type Given = {
  interaction: InteractionInPlace;
  value: Choices;
  onChange: (value: Choices) => void;
};

/** Beside the text: the subject, people, attachments, and for whom the copy stands in the place of the record. */
export function CopyChoices({ interaction, value, onChange }: Given) {
  const { row, participants, attachments } = interaction;
  const people = namesOf(participants);
  const { people: taken = [], files = [] } = value;
  return (
    <>
      {(row.subject ?? '') !== '' && (
        <label className="copy-choice">
          <input
            type="checkbox"
            checked={value.subject}
            onChange={(event) => onChange({ ...value, subject: event.currentTarget.checked })}
          />
          {t('copy.subject', { subject: row.subject ?? '' })}
        </label>
      )}
      {people.length > 0 && (
        <fieldset className="choices copy-choices">
          <legend>{t('copy.people')}</legend>
          {people.map((name) => (
            <label key={name} className="copy-choice">
              <input
                type="checkbox"
                checked={taken.includes(name)}
                onChange={() => onChange({ ...value, people: toggled(taken, name) })}
              />
              {name}
            </label>
          ))}
        </fieldset>
      )}
      {attachments.length > 0 && (
        <fieldset className="choices copy-choices">
          <legend>{t('copy.files')}</legend>
          {attachments.map(({ name, sha256, sizeBytes }) => (
            <label key={sha256} className="copy-choice">
              <input
                type="checkbox"
                checked={files.includes(sha256)}
                onChange={() => onChange({ ...value, files: toggled(files, sha256) })}
              />
              {t('copy.leaveIn', { name: name ?? t('attachments.noName'), size: size(sizeBytes) })}
            </label>
          ))}
          <p className="small quiet">{t('copy.filesWhy')}</p>
        </fieldset>
      )}
      <fieldset className="choices copy-choices">
        <legend>{t('copy.use')}</legend>
        {(['everyone', 'subject'] as const).map((use) => (
          <label key={use} className="copy-choice">
            <input
              type="radio"
              name="copy-use"
              checked={value.use === use}
              onChange={() => onChange({ ...value, use })}
            />
            {t(`copy.use.${use}`)}
          </label>
        ))}
      </fieldset>
    </>
  );
}

function namesOf(participants: InteractionInPlace['participants']): readonly string[] {
  const all = [...participants.from, ...participants.to, ...participants.cc];
  return [...new Set(all.flatMap(({ name, address }) => [name, address].filter((word) => word !== null)))];
}

function toggled(list: readonly string[], value: string): string[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}
