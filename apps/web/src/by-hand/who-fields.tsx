import { TextInput } from '@mantine/core';
import { t } from '../words/t.ts';
import { Chips } from './chips.tsx';
import { type Change, type Draft, type Fault, hasDirection, KINDS } from './draft.ts';

type Given = {
  draft: Draft;
  change: Change;
  known: readonly { id: string; name: string }[];
  faults: ReadonlySet<Fault>;
};

/** What it was, with whom, and who turned to whom. */
export function WhoFields({ draft, change, known, faults }: Given) {
  return (
    <>
      <Chips
        name="kind"
        says={t('byhand.kind')}
        options={KINDS.map((kind) => ({ value: kind, says: t(`kind.${kind}`) }))}
        value={draft.kind}
        onChoose={(kind) => change({ kind })}
      />
      <TextInput
        label={t('byhand.who')}
        list="by-hand-known"
        size="md"
        value={draft.who}
        onChange={(event) => change({ who: event.currentTarget.value })}
        error={faults.has('nobody') && t('byhand.nobody')}
        autoComplete="off"
      />
      <datalist id="by-hand-known">
        {known.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
      {hasDirection(draft) && (
        <Chips
          name="direction"
          says={draft.kind === 'call' ? t('byhand.whoCalled') : t('byhand.whoWrote')}
          options={[
            { value: 'inbound', says: t('byhand.they') },
            { value: 'outbound', says: t('byhand.we') },
          ]}
          value={draft.direction}
          onChoose={(direction) => change({ direction })}
        />
      )}
    </>
  );
}
