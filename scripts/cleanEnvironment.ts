/** Variables that npm, VS Code or an enclosing code-server set for their own child processes. */
const foreign =
  /^(npm_|NODE_OPTIONS$|VSCODE_|ELECTRON_|CODE_SERVER_|CS_|INIT_CWD$|PORT$|(HASHED_)?PASSWORD$|GITHUB_TOKEN$)/i;

/** Where npm finds packages and which certificates it trusts: settings of the machine, not of the running script. */
const npmChoices =
  /^npm_config_(registry|cache|userconfig|globalconfig|cafile|ca|strict_ssl|proxy|https_proxy|noproxy|offline|prefer_offline|\/\/.*)$/i;

/** The environment for a program that must not notice that it was started by npm, mocha or an editor's terminal. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return kept((name) => !foreign.test(name));
}

/** The environment for a separate npm process. */
export function npmEnvironment(): NodeJS.ProcessEnv {
  return kept((name) => !foreign.test(name) || npmChoices.test(name));
}

function kept(keep: (name: string) => boolean): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => keep(name)));
}
