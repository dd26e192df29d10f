/** What a payload was seen in, as the descriptions of an overlay name it. */
export interface Subject {
  readonly have: string;
  readonly lack: string;
  readonly seen: string;
  /** Whether a field is never anything but what it was seen to be. Ten deliveries do not show what the eleventh holds. */
  readonly showsAll: boolean;
}

export const deliveries: Subject = {
  have: 'Deliveries have',
  lack: 'Deliveries lack',
  seen: 'Seen in deliveries',
  showsAll: false,
};

export const ruleTemplate: Subject = {
  have: 'The template of a rule has',
  lack: 'The template of a rule lacks',
  seen: 'Seen in the template of a rule',
  showsAll: true,
};
