/** What npm, VS Code or an enclosing code-server left in the environment for their own children. */
const foreign =
  /^(npm_|NODE_OPTIONS$|VSCODE_|ELECTRON_|CODE_SERVER_|CS_|INIT_CWD$|PORT$|(HASHED_)?PASSWORD$|GITHUB_TOKEN$)/i;

/** Where npm finds packages and what it trusts: a choice of the machine, not of the script that runs now. */
const npmChoices =
  /^npm_config_(registry|cache|userconfig|globalconfig|cafile|ca|strict_ssl|proxy|https_proxy|noproxy|offline|prefer_offline|\/\/.*)$/i;

/** The environment for a program that must not notice that npm, mocha or an editor's terminal started it. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return kept((name) => !foreign.test(name));
}

/** The environment for an npm of its own. */
export function npmEnvironment(): NodeJS.ProcessEnv {
  return kept((name) => !foreign.test(name) || npmChoices.test(name));
}

function kept(keep: (name: string) => boolean): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => keep(name)));
}
