// Installs what the tests need from Debian's own packages (`npm run setup:test`); starts no system service.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium, findProgram, findServer } from '../tests/support/services/installed.ts';

if (import.meta.main) process.exitCode = installMissing() ? 0 : 1;

/** Installs the missing packages and says what it does; false when this system does not let it. */
export function installMissing(): boolean {
  const packages = missingPackages();
  if (packages.length === 0) return true;
  const names = packages.join(' ');
  const prefix = asRoot();
  if (!findProgram(['apt-get']) || !prefix) {
    console.error(
      `这台机器上不能用 apt-get 安装,请自行安装:${names}。\nCannot install with apt-get here; please install: ${names}.`,
    );
    return false;
  }
  console.log(`安装测试所需 / installing for the tests: ${names}`);
  const update = [...prefix, 'apt-get', 'update', '-q'];
  const install = [...prefix, 'apt-get', 'install', '-q', '-y', '--no-install-recommends', ...packages];
  if (run(update) && run(install) && missingPackages().length === 0) return true;
  console.error(`安装失败,请自行安装:${names}。\nInstallation failed; please install: ${names}.`);
  return false;
}

function missingPackages(): string[] {
  const missing: string[] = [];
  // Not `mariadb-server`: that one would also start a system service. The client part has what the installer needs.
  if (!process.env.TEST_MYSQL_URL && !findServer()) missing.push('mariadb-server-core', 'mariadb-client-core');
  if (!findChromium()) missing.push('chromium');
  if (!hasChineseFont()) missing.push('fonts-noto-cjk');
  // Compiles the stand-in for the vendor's library of WeCom's conversation archive.
  if (!hasCompiler()) missing.push('gcc', 'libc6-dev');
  return missing;
}

function hasChineseFont(): boolean {
  if (process.platform !== 'linux' || existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')) return true;
  return Boolean(spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' }).stdout?.trim());
}

function hasCompiler(): boolean {
  if (process.platform !== 'linux') return true;
  return findProgram(['gcc', 'cc', 'clang']) !== null && existsSync('/usr/include/stdio.h');
}

/** What to put before a command so that it runs as root, or null when there is no way. */
function asRoot(): string[] | null {
  if (process.getuid?.() === 0) return ['env', 'DEBIAN_FRONTEND=noninteractive'];
  return findProgram(['sudo']) ? ['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive'] : null;
}

function run([program = '', ...args]: string[]): boolean {
  return spawnSync(program, args, { stdio: 'inherit' }).status === 0;
}
