import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { checkCustody } from '../generated/sdk.gen.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';

/** Compares the lines with what the ledger sealed of them. */
export function CustodyCheck() {
  const checking = useMutation({ mutationFn: () => checkCustody() });
  const { data } = checking;
  return (
    <div className="row custody-check">
      <Button size="xs" variant="default" loading={checking.isPending} onClick={() => checking.mutate()}>
        {t('custody.check')}
      </Button>
      <span role="status" className="small">
        {data?.ok && t('custody.holds', { lines: data.lines, sealed: data.sealed })}
        {data &&
          !data.ok &&
          t('custody.changed', { from: data.changed[0]?.from ?? 0, until: data.changed[0]?.until ?? 0 })}
        {checking.error && problemWords(checking.error)}
      </span>
    </div>
  );
}
