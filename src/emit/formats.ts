const formats = [
  ['date', 'isDate'],
  ['date-time', 'isDateTime'],
  ['duration', 'isDuration'],
  ['email', 'isEmail'],
  ['hostname', 'isHostname'],
  ['ipv4', 'isIpv4'],
  ['ipv6', 'isIpv6'],
  ['json-pointer', 'isJsonPointer'],
  ['regex', 'isRegex'],
  ['relative-json-pointer', 'isRelativeJsonPointer'],
  ['time', 'isTime'],
  ['uri', 'isUri'],
  ['uri-reference', 'isUriReference'],
  ['uri-template', 'isUriTemplate'],
  ['uuid', 'isUuid'],
] as const;

/** A function of the kit's `runtime/formats.ts`. */
export type FormatFunction = (typeof formats)[number][1];

/** The string formats that validators check, each with the function that does. Others are annotations. */
export const formatFunctions: ReadonlyMap<string, FormatFunction> = new Map<string, FormatFunction>(formats);
