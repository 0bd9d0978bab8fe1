import { createElement, Fragment, type ReactNode } from 'react';

/**
 * The little Markdown that policies are written in: headings, paragraphs, lists, one table. Anything else is shown as
 * the words it is.
 */
export function Markdown({ text }: { text: string }) {
  // Handed over one by one: two blocks of the same words are two blocks.
  return createElement(Fragment, null, ...text.split(/\n{2,}/).map(blockOf));
}

function blockOf(block: string): ReactNode {
  const lines = block.split('\n');
  if (block.startsWith('## ')) return <h3>{block.slice(3)}</h3>;
  if (lines.every((line) => line.startsWith('- '))) return <ul>{itemsOf(lines, /^- /)}</ul>;
  if (lines.every((line) => /^\d+\. /.test(line))) return <ol>{itemsOf(lines, /^\d+\. /)}</ol>;
  if (lines.length > 2 && lines.every((line) => line.startsWith('| '))) return tableOf(lines);
  return <p>{block}</p>;
}

function itemsOf(lines: readonly string[], mark: RegExp): ReactNode {
  return lines.map((line) => <li key={line}>{line.replace(mark, '')}</li>);
}

function tableOf([head = '', , ...rows]: readonly string[]): ReactNode {
  return (
    <table>
      <thead>
        <tr>
          {cellsOf(head).map((cell) => (
            <th key={cell} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const [what = '', who = ''] = cellsOf(row);
          return (
            <tr key={row}>
              <th scope="row">{what}</th>
              <td>{who}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function cellsOf(row: string): readonly string[] {
  const cells = row.replace(/^\| | \|$/g, '').split(/ \| /);
  return cells.map((cell) => cell.replaceAll('\\|', '|'));
}
