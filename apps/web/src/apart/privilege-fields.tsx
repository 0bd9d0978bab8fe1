import { TextInput } from '@mantine/core';
import { t } from '../words/t.ts';
import type { PrivilegeWish } from './apart.queries.ts';
import './apart.css';

const PRIVILEGE_KINDS = ['counsel', 'preparation', 'without-prejudice'] as const;

type Given = {
  says: string;
  value: PrivilegeWish | null;
  onChange: (value: PrivilegeWish | null) => void;
};

/** Whether what is written or brought in stays with us, and on what that rests. */
export function PrivilegeFields({ says, value, onChange }: Given) {
  return (
    <div className="stack privilege-fields">
      <label className="privilege-choice">
        {says}
        <select
          value={value?.kind ?? ''}
          onChange={({ currentTarget: { value: chosen } }) => {
            const kind = PRIVILEGE_KINDS.find((one) => one === chosen);
            onChange(kind ? { kind, basis: value?.basis ?? '' } : null);
          }}
        >
          <option value="">{t('apart.no')}</option>
          {PRIVILEGE_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`apart.kind.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      {value && (
        <TextInput
          label={t('apart.basis')}
          description={t('apart.basisWhy')}
          maxLength={1000}
          value={value.basis}
          onChange={(event) => onChange({ ...value, basis: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
