import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Attachment, InteractionInPlace } from '../api/shapes.ts';
import { size } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { attachmentUrl, pictureQuery } from './interaction.queries.ts';
import { LettersInside } from './letters-inside.tsx';

const SHOWN = /^image\/(png|jpeg|gif|webp)$/;
const SHOWN_UP_TO_BYTES = 5_000_000;

export function AttachmentsView({ interaction }: { interaction: InteractionInPlace }) {
  const { attachments, letters, row } = interaction;
  if (attachments.length === 0) return <p className="quiet">{t('attachments.none')}</p>;
  return (
    <ul className="sheet attachments">
      {attachments.map((attachment, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a message may hold the same bytes twice, and never changes
        <li key={`${attachment.sha256}${at}`}>
          <AttachmentLine id={row.id} attachment={attachment} />
          <Inside id={row.id} letters={letters} sha256={attachment.sha256} />
        </li>
      ))}
    </ul>
  );
}

function Inside({
  id,
  letters,
  sha256,
}: Pick<InteractionInPlace, 'letters'> & { id: string; sha256: string }) {
  const at = letters.findIndex((one) => one.within === null && one.sha256 === sha256);
  return at < 0 ? null : <LettersInside id={id} letters={letters} within={at} />;
}

function AttachmentLine({ id, attachment }: { id: string; attachment: Attachment }) {
  const { name, mediaType, sizeBytes, sha256, nested, contentId } = attachment;
  const url = attachmentUrl(id, sha256);
  const isShown = SHOWN.test(mediaType) && sizeBytes <= SHOWN_UP_TO_BYTES;
  return (
    <div className="attachment">
      <div className="attachment-facts">
        <strong>{name ?? t('attachments.noName')}</strong>
        <p className="small quiet">
          {[
            mediaType,
            size(sizeBytes),
            nested && t('attachments.nested'),
            contentId && t('attachments.inline'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <p className="mono quiet">{sha256}</p>
        {isShown && <Picture id={id} sha256={sha256} mediaType={mediaType} name={name ?? ''} />}
      </div>
      <a className="action" href={url} download={name ?? sha256}>
        {t('attachments.download')}
      </a>
    </div>
  );
}

/** The server hands bytes out only as downloads; a picture is shown from memory. */
function Picture({
  id,
  sha256,
  mediaType,
  name,
}: {
  id: string;
  sha256: string;
  mediaType: string;
  name: string;
}) {
  const { data } = useQuery(pictureQuery(id, sha256));
  const [source, setSource] = useState<string>();
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data.slice(0, data.size, mediaType));
    setSource(made);
    return () => URL.revokeObjectURL(made);
  }, [data, mediaType]);
  return source ? <img className="picture" src={source} alt={t('attachments.picture', { name })} /> : null;
}
