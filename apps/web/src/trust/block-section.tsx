import { Button, FileInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { LogTrust } from '../generated/types.gen.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { keepProof } from './trust.queries.ts';

type Blocks = LogTrust['blocks'];

/** Proofs that a head's hash is in a block of a public chain: they are to be looked up, and say nothing by themselves. */
export function BlockSection({ blocks }: { blocks: Blocks }) {
  const keeping = useMutation({ mutationFn: keepProof });
  const [head, setHead] = useState<File | null>(null);
  const [proof, setProof] = useState<File | null>(null);
  return (
    <section className="section stack" aria-labelledby="trust-blocks">
      <h2 id="trust-blocks">{t('trust.blocks')}</h2>
      <p className="quiet small">{t('trust.blocks.what')}</p>
      <ul className={blocks.length > 0 ? 'sheet lines' : undefined}>
        {blocks.map((block) => (
          <BlockLine key={block.recordedAt} block={block} />
        ))}
      </ul>
      <details>
        <summary>{t('trust.blocks.add')}</summary>
        <div className="stack">
          <FileInput label={t('trust.blocks.head')} value={head} onChange={setHead} clearable />
          <FileInput
            label={t('trust.blocks.proof')}
            value={proof}
            onChange={setProof}
            accept=".ots"
            clearable
          />
          <div className="row">
            <Button
              variant="default"
              loading={keeping.isPending}
              disabled={!head || !proof}
              onClick={() => head && proof && keeping.mutate({ head, proof })}
            >
              {t('trust.blocks.keep')}
            </Button>
          </div>
          {keeping.error && (
            <p className="notice" role="alert">
              {problemWords(keeping.error)}
            </p>
          )}
        </div>
      </details>
    </section>
  );
}

function BlockLine({ block: { size, attestations } }: { block: Blocks[number] }) {
  return (
    <li>
      {attestations.map(({ kind, height, merkleRoot, calendar }) => (
        <p key={`${kind}${height}${merkleRoot}${calendar}`}>
          {kind === 'bitcoin' && t('trust.blocks.check', { count: size, height: String(height) })}
          {kind === 'bitcoin' && merkleRoot && <code className="mono small block-root">{merkleRoot}</code>}
          {kind === 'pending' && t('trust.blocks.pending', { count: size, calendar: calendar ?? '' })}
          {kind === 'unknown' && t('trust.blocks.unknown')}
        </p>
      ))}
    </li>
  );
}
