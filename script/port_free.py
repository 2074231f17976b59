"""Leave with a clear message when the port given as argument cannot be served on."""

import socket
import sys

port = sys.argv[1]
if not port.isdigit() or not 0 < int(port) < 65536:
    sys.exit(
        f"✗ 端口应是 1 到 65535 之间的数：{port}\n  The port must be a number from 1 to 65535."
    )
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(port)))
    except PermissionError:
        sys.exit(f"✗ 没有权限使用端口 {port}，请换一个大于 1023 的：script/server --port 8000")
    except OSError:
        sys.exit(
            f"✗ 端口 {port} 已被占用：可能已经启动过，打开 http://127.0.0.1:{port}/ 看看；"
            f"或者换一个：script/server --port {int(port) % 65535 + 1}\n"
            f"  Port {port} is in use, perhaps by this server already; choose another with --port."
        )
