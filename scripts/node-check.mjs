// Preloaded before every TypeScript entry: stops an old Node with a sentence instead of a puzzling syntax error.

const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 24 || (major === 24 && minor < 11)) {
  console.error(
    `聊单需要 Node.js 24.11 或更新版本,当前是 ${process.versions.node}。Linux 和 Windows 上先运行 npm ci,再用 npm run … 启动即可(自带 Node 24);其他系统请从 https://nodejs.org 安装。\n` +
      `Liaodan needs Node.js 24.11 or newer, this is ${process.versions.node}. On Linux and Windows run npm ci, then start with npm run … (it brings Node 24); elsewhere install it from https://nodejs.org.`,
  );
  process.exit(1);
}
