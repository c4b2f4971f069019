/** The entry: `start` runs the server, the other words are tools for the person who runs it. */
import { loadEnvFile } from 'node:process';
import { dbCommand } from './commands/db.ts';
import { deadCommand } from './commands/dead.ts';
import { doctorCommand } from './commands/doctor.ts';
import { privacyCommand } from './commands/privacy.ts';
import { productsCommand } from './commands/products.ts';
import { retentionCommand } from './commands/retention.ts';
import { setupCommand } from './commands/setup.ts';
import { signalsCommand } from './commands/signals.ts';
import { staffCommand } from './commands/staff.ts';
import { startCommand } from './commands/start.ts';
import { tokenCommand } from './commands/token.ts';
import { StartError } from './errors.ts';
import { describeError, whereFrom } from './log.ts';
import { compactDatabase } from './persistence/compact.ts';
import { moving } from './persistence/moving/index.ts';

const HELP = `聊单

用法：npm run crm -- <命令>

  start                          启动服务（同 npm start）
  setup                          打开设置页，给出新的一次性代码
  doctor [平台] [--to 编号]      检查接入：哪里没配好，该怎么改；--to 给这个人发一条测试消息
  signals detect 文件.tsv        逐行判断“说话人⇥原文”，每行输出一个 JSON
  signals precision              每条规则判断的次数、被撤销或忽略的次数和准确率
  dead list                      列出处理失败、已搁置的收件和发件
  dead retry [编号…]             重新处理搁置的条目；不写编号表示全部
  staff list|sync|import …       员工：列出、同步组织架构、导入名单、角色、交接（npm run crm -- staff 看全部）
  products import 文件 [--dry]   导入产品目录（CSV 或 XLSX），有一行不对就一行都不导入
  token create|list|revoke       给其他程序的接口令牌
  db backup|restore|copy …       数据库：在线备份、恢复、搬到另一个库（npm run crm -- db 看全部）
  privacy export|erase …         导出或删除一个人的资料（npm run crm -- privacy 看全部）
  retention                      各种数据保留多久，下次清理会清除多少（只列出，不删除）
  help                           显示本说明
`;

async function main(args: readonly string[]): Promise<number> {
  try {
    loadEnvFile();
  } catch {
    // No .env file: the environment as it is.
  }
  const [command = 'help', ...rest] = args;
  switch (command) {
    case 'start':
      return startCommand(process.env);
    case 'setup':
      return setupCommand(rest, process.env);
    case 'doctor':
      return doctorCommand(rest, process.env);
    case 'signals':
      return signalsCommand(rest, process.env);
    case 'retention':
      return retentionCommand(rest, process.env);
    case 'staff':
      return staffCommand(rest, process.env);
    case 'products':
      return productsCommand(rest, process.env);
    case 'privacy':
      return privacyCommand(rest, process.env, compactDatabase);
    case 'token':
      return tokenCommand(rest, process.env);
    case 'db':
      return dbCommand(rest, process.env, moving);
    case 'dead':
      return deadCommand(rest, process.env);
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(HELP);
      return 0;
    default:
      process.stderr.write(`没有“${command}”这个命令。\n\n${HELP}`);
      return 2;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(error instanceof StartError ? `${error.message}\n` : describeFault(error));
  process.exitCode = 1;
}

/** Drivers write statements with their values into messages: a fault is told by its kind and its place. */
function describeFault(fault: unknown): string {
  const { error, code } = describeError(fault);
  const places = whereFrom(fault).map((place) => `  ${place}\n`);
  return `出了意外的错误：${error} ${code ?? ''}\n${places.join('')}求助时请带上这几行，里面没有密钥和聊天内容。\n`;
}
