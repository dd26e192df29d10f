/** Shells that completion is written for. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export const shellsHelp = `
Put the script where your shell looks for it, or have the shell read it when it starts:
  bash  freshworks-gen completion bash > ~/.local/share/bash-completion/completions/freshworks-gen
        or in ~/.bashrc: eval "$(freshworks-gen completion bash)"
  zsh   freshworks-gen completion zsh > "\${fpath[1]}/_freshworks-gen"
        or in ~/.zshrc, after compinit: eval "$(freshworks-gen completion zsh)"
  fish  freshworks-gen completion fish > ~/.config/fish/completions/freshworks-gen.fish
`;
