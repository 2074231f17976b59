"""Before the server starts: is what the environment says understood, can the data be kept, is the
port free? What is wrong is told in a sentence; the server itself would bury it in a traceback.

Run from the top of the tree: python -m script.preflight PORT [--reset]
With --reset the database is about to be deleted, so that it need not open.
"""

import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection


def check_environment():
    """Read all settings; this also makes the data directory."""
    try:
        settings.DATABASES  # noqa: B018  reading it is the check
    except ImproperlyConfigured as error:
        sys.exit(f"✗ 环境变量有误 Something in the environment is wrong:\n  {error}")
    except OSError as error:
        sys.exit(
            f"✗ 数据目录建不起来：{error.filename}（{error.strerror}）\n"
            "  请换一个有写权限的目录：TXY_DATA_DIR=/完整/路径 script/server\n"
            "  The data directory cannot be made; name one that you may write to in TXY_DATA_DIR."
        )


def check_disk():
    directory = settings.DATA_DIR
    try:
        with tempfile.TemporaryFile(dir=directory) as probe:
            probe.write(b"x")
    except OSError as error:
        sys.exit(
            f"✗ 数据目录不能写：{directory}（{error.strerror}）\n"
            "  请改正权限，或者换一个目录：TXY_DATA_DIR=/完整/路径 script/server\n"
            "  The data directory cannot be written to; name another in TXY_DATA_DIR."
        )
    free = shutil.disk_usage(directory).free
    if free < settings.READY_MIN_FREE_BYTES:
        sys.exit(
            f"✗ 磁盘快满了：{directory} 所在的盘只剩 {free // 2**20} MB，"
            f"至少要 {settings.READY_MIN_FREE_BYTES // 2**20} MB\n"
            "  The disk is nearly full: free some space first."
        )


def check_database():
    """Open it; what the drivers say names the host and the user, never the password."""
    if connection.vendor == "sqlite" and not Path(settings.DATABASES["default"]["NAME"]).exists():
        return  # it will be made, and opening it here would leave an empty one behind
    try:
        connection.ensure_connection()
    except (DatabaseError, ImproperlyConfigured) as error:
        sys.exit(
            f"✗ 数据库打不开：{database_place()}\n  {str(error).strip()}\n"
            f"  {database_advice()}\n"
            "  The database cannot be opened; the line of the driver above says why."
        )
    connection.close()


def database_place() -> str:
    entry = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        return str(entry["NAME"])
    return f"{entry['HOST'] or 'localhost'}:{entry['PORT'] or 5432}/{entry['NAME']}"


def database_advice() -> str:
    if connection.vendor != "sqlite":
        return "请确认数据库服务器已经启动，TXY_DATABASE_URL 里的地址、库名、用户名和密码都对。"
    if not os.access(settings.DATABASES["default"]["NAME"], os.W_OK):
        return "这个文件没有写权限：请用建立它的那个账号启动，或者改正权限。"
    return "文件可能坏了：先把它复制到别处留着，再用 script/server --reset 重建。"


def check_port(port: str):
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        sys.exit(
            f"✗ 端口应是 1 到 65535 之间的数（半角数字）：{port}\n"
            "  The port must be a number from 1 to 65535."
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
    check_disk()
    if "--reset" not in sys.argv[2:]:
        check_database()
