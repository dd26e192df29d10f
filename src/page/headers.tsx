import type { JSX } from 'preact';
import { Text } from './text.js';

interface Props {
  readonly label: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export function Headers({ label, headers }: Props): JSX.Element {
  if (headers.length === 0) return <p class="hint">No headers.</p>;
  return (
    <table class="headers">
      <caption class="unseen">{label}</caption>
      <tbody>
        {headers.map(([name, value], index) => (
          <tr key={index}>
            <th scope="row">
              <Text text={name} most={200} />
            </th>
            <td>
              <Text text={value} most={1000} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
