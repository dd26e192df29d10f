import { commandIn } from './runner.js';
import { hasHidden } from '../../src/diagnostics/printable.js';

/** Text that a terminal, a runner of GitHub, Azure or TeamCity, or a reader would take for something else, on several lines. */
export const driving =
  'a\n\u3000::error ::b\r##[error]b##vso[a]c\n::add-mask::d\u001b[31m\u009b1m\u202e##teamcity[e]';

/** Lines of a text that would drive a terminal or a CI log; commands that report findings are looked into. */
export function drives(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const command = commandIn(line);
    const isOurs = command !== undefined && /^[a-z-]+$/.test(command.properties.get('title') ?? '');
    const lines = isOurs ? [...command.properties.values(), ...command.data.split('\n')] : [line];
    return lines.filter((each) => /^\s*::|##\w*\[/.test(each) || /[\t\r]/.test(each) || hasHidden(each));
  });
}
