"""Before the server starts: is what the environment says understood, and is the port free?

Run from the top of the tree: python -m script.preflight PORT
"""

import socket
import sys

from django.core.exceptions import ImproperlyConfigured


def check_environment():
    """Leave with the sentence alone; a server that fails to start would bury it in a traceback."""
    try:
        import config.env  # noqa: F401, PLC0415  reading it is the check
    except ImproperlyConfigured as error:
        sys.exit(f"✗ 环境变量有误：{error}")


def check_port(port: str):
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(
            f"✗ 端口应是 1 到 65535 之间的数：{port}\n  The port must be a number from 1 to 65535."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError:
            sys.exit(
                f"✗ 没有权限使用端口 {port}，请换一个大于 1023 的：script/server --port 8000\n"
                f"  Port {port} needs special rights; choose one above 1023."
            )
        except OSError:
            sys.exit(
                f"✗ 端口 {port} 已被占用：可能已经启动过，打开 http://127.0.0.1:{port}/ 看看；"
                f"或者换一个：script/server --port {int(port) % 65535 + 1}\n"
                f"  Port {port} is in use, perhaps by this server already; choose another with --port."
            )


if __name__ == "__main__":
    check_environment()
    check_port(sys.argv[1])
